// Says whether the dashboard on standard input is one after Grafana's schema: every field is known, and of the right kind.
package main

import (
	"fmt"
	"io"
	"os"

	"github.com/grafana/grafana-foundation-sdk/go/cog/plugins"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
)

func main() {
	plugins.RegisterDefaultPlugins()
	raw, err := io.ReadAll(os.Stdin)
	refuse(err)
	read := dashboard.Dashboard{}
	refuse(read.UnmarshalJSONStrict(raw))
	refuse(read.Validate())
}

// The generated functions return an empty list of errors where nothing is wrong, and that is not nil.
func refuse(err error) {
	if err != nil && err.Error() != "" {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
