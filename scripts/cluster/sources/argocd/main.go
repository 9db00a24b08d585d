// Command argocd applies and compares objects with Argo CD's own packages, as its controller does for one application.
//
// One request a line on standard input, one answer a line on standard output:
//
//	{"apply":"client"|"server","objects":[…]}               applies the objects one by one
//	{"objects":[…]}                                         compares them with what is live, in each of the three ways
//	{"sync":"client"|"server","seconds":n,"objects":[…]}    syncs them as the whole of an application
//	{"health":true,"objects":[…]}                           says what it thinks of the live objects
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/argoproj/argo-cd/gitops-engine/pkg/diff"
	"github.com/argoproj/argo-cd/gitops-engine/pkg/utils/kube"
	"github.com/argoproj/argo-cd/gitops-engine/pkg/utils/tracing"
	"github.com/go-logr/logr"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/klog/v2"
	cmdutil "k8s.io/kubectl/pkg/cmd/util"

	"github.com/argoproj/argo-cd/v3/common"
	"github.com/argoproj/argo-cd/v3/pkg/apis/application/v1alpha1"
	"github.com/argoproj/argo-cd/v3/util/argo"
	argodiff "github.com/argoproj/argo-cd/v3/util/argo/diff"
	"github.com/argoproj/argo-cd/v3/util/argo/normalizers"
)

type request struct {
	Application string                       `json:"application"`
	Apply       string                       `json:"apply"`
	Sync        string                       `json:"sync"`
	Seconds     int                          `json:"seconds"`
	Health      bool                         `json:"health"`
	Objects     []*unstructured.Unstructured `json:"objects"`
}

func (r request) application() string {
	if r.Application == "" {
		return "embeddings"
	}
	return r.Application
}

// outOfSync is an object whose live state is not what Argo CD predicts.
type outOfSync struct {
	Mode      string          `json:"mode"`
	Kind      string          `json:"kind"`
	Name      string          `json:"name"`
	Live      json.RawMessage `json:"live"`
	Predicted json.RawMessage `json:"predicted"`
}

type answer struct {
	Error     string         `json:"error,omitempty"`
	OutOfSync []outOfSync    `json:"outOfSync"`
	Operation *operation     `json:"operation,omitempty"`
	Health    []objectHealth `json:"health,omitempty"`
}

// mode is one of the ways in which Argo CD compares.
type mode struct {
	name            string
	serverSide      bool
	structuredMerge bool
}

var modes = []mode{
	{name: "three-way"},
	{name: "server-side", serverSide: true},
	{name: "structured-merge", structuredMerge: true},
}

// cluster is the connection to an API server.
type cluster struct {
	config     *rest.Config
	kubectl    *kube.KubectlCmd
	operations kube.ResourceOperations
	dryRunner  diff.ServerSideDryRunner
	base       func() *argodiff.DiffConfigBuilder
}

func main() {
	if err := run(os.Args[1], os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(kubeconfig string, input io.Reader, output io.Writer) error {
	klog.SetOutput(os.Stderr)
	c, closeCluster, err := connect(kubeconfig)
	if err != nil {
		return err
	}
	defer closeCluster()
	reader := bufio.NewReader(input)
	encoder := json.NewEncoder(output)
	for {
		line, err := reader.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		if err := encoder.Encode(c.handle(line)); err != nil {
			return err
		}
	}
}

func connect(kubeconfig string) (*cluster, func(), error) {
	config, err := clientcmd.BuildConfigFromFlags("", kubeconfig)
	if err != nil {
		return nil, nil, err
	}
	config.QPS, config.Burst = 1000, 1000
	kubectl := &kube.KubectlCmd{Log: logr.Discard(), Tracer: tracing.NopTracer{}}
	_, parser, err := kubectl.LoadOpenAPISchema(config)
	if err != nil {
		return nil, nil, fmt.Errorf("the schema of the API server: %w", err)
	}
	operations, closeOperations, err := kubectl.ManageResources(config)
	if err != nil {
		return nil, nil, err
	}
	applier, closeApplier, err := kubectl.ManageServerSideDiffDryRuns(config)
	if err != nil {
		closeOperations()
		return nil, nil, err
	}
	base := func() *argodiff.DiffConfigBuilder {
		return argodiff.NewDiffConfigBuilder().
			WithDiffSettings(nil, nil, false, normalizers.IgnoreNormalizerOpts{}).
			WithTracking(common.LabelKeyAppInstance, string(v1alpha1.TrackingMethodAnnotation)).
			WithNoCache().
			WithGVKParser(parser).
			WithManager(common.ArgoCDSSAManager)
	}
	c := &cluster{config, kubectl, operations, diff.NewK8sServerSideDryRunner(applier), base}
	return c, func() { closeApplier(); closeOperations() }, nil
}

func (c *cluster) handle(line []byte) answer {
	var r request
	if err := json.Unmarshal(line, &r); err != nil {
		return answer{Error: err.Error()}
	}
	for _, object := range r.Objects {
		// Argo CD marks what belongs to an application before it compares or applies.
		err := argo.NewResourceTracking().SetAppInstance(object, common.LabelKeyAppInstance, r.application(),
			object.GetNamespace(), v1alpha1.TrackingMethodAnnotation, "")
		if err != nil {
			return answer{Error: err.Error()}
		}
	}
	a, err := c.do(context.Background(), r)
	if err != nil {
		return answer{Error: err.Error()}
	}
	return a
}

func (c *cluster) do(ctx context.Context, r request) (a answer, err error) {
	switch {
	case r.Sync != "":
		a.Operation, err = c.operate(ctx, r)
	case r.Health:
		a.Health, err = c.healthOf(ctx, r.Objects)
	case r.Apply != "":
		err = c.apply(ctx, r)
	default:
		a.OutOfSync, err = c.compare(ctx, r.Objects)
	}
	return a, err
}

func (c *cluster) apply(ctx context.Context, r request) error {
	for _, object := range r.Objects {
		// Without validation: each object was taken strictly by an API server in a test of its own.
		_, err := c.operations.ApplyResource(ctx, object, cmdutil.DryRunNone, false, false,
			r.Apply == "server", common.ArgoCDSSAManager)
		if err != nil {
			return fmt.Errorf("%s %s: %w", object.GetKind(), object.GetName(), err)
		}
	}
	return nil
}

func (c *cluster) compare(ctx context.Context, objects []*unstructured.Unstructured) ([]outOfSync, error) {
	found := []outOfSync{}
	for _, object := range objects {
		live, err := c.kubectl.GetResource(ctx, c.config, object.GroupVersionKind(), object.GetName(), object.GetNamespace())
		if err != nil {
			return nil, fmt.Errorf("%s %s: %w", object.GetKind(), object.GetName(), err)
		}
		for _, m := range modes {
			config, err := c.base().
				WithServerSideDiff(m.serverSide).
				WithServerSideDryRunner(c.dryRunner).
				WithStructuredMergeDiff(m.structuredMerge).
				Build()
			if err != nil {
				return nil, err
			}
			result, err := argodiff.StateDiff(live.DeepCopy(), object.DeepCopy(), config)
			if err != nil {
				return nil, fmt.Errorf("%s of %s %s: %w", m.name, object.GetKind(), object.GetName(), err)
			}
			if result.Modified {
				found = append(found, outOfSync{m.name, object.GetKind(), object.GetName(), result.NormalizedLive, result.PredictedLive})
			}
		}
	}
	return found, nil
}
