// Package ext stands for the extension points of Traefik's configuration, which are empty in the open source edition.
// Traefik's module is published without this directory.
package ext

// HTTP adds nothing.
type HTTP struct{}

// Router adds nothing.
type Router struct{}
