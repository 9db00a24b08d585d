// Package register holds the providers of the test's operator: the one that keeps its values in the store object itself.
package register

import _ "github.com/external-secrets/external-secrets/pkg/provider/fake"
