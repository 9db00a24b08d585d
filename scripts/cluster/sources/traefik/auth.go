package auth

import (
	"net/http"
	"strings"
)

// CheckSecret tells whether a password belongs to a hash, by this module's own ways to compare. Traefik's fork of the module
// has such a function; the fork is not published for everybody.
func CheckSecret(password, secret string) bool {
	compare := compareFuncs[0].compare
	for _, candidate := range compareFuncs[1:] {
		if strings.HasPrefix(secret, candidate.prefix) {
			compare = candidate.compare
			break
		}
	}
	return compare([]byte(secret), []byte(password)) == nil
}

// RequireAuthStale is for digest authentication, which the library does not render.
func (a *DigestAuth) RequireAuthStale(w http.ResponseWriter, r *http.Request) {
	a.RequireAuth(w, r)
}
