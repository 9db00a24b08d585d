// Package register holds the generators of the test's operator: no ExternalSecret of ours names one.
package register
