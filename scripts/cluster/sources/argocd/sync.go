package main

import (
	"context"
	"fmt"
	"sort"
	"time"

	"github.com/argoproj/argo-cd/gitops-engine/pkg/cache"
	"github.com/argoproj/argo-cd/gitops-engine/pkg/health"
	"github.com/argoproj/argo-cd/gitops-engine/pkg/sync"
	synccommon "github.com/argoproj/argo-cd/gitops-engine/pkg/sync/common"
	"github.com/argoproj/argo-cd/gitops-engine/pkg/sync/syncwaves"
	"github.com/argoproj/argo-cd/gitops-engine/pkg/utils/kube"
	"github.com/go-logr/logr"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/argoproj/argo-cd/v3/common"
	"github.com/argoproj/argo-cd/v3/pkg/apis/application/v1alpha1"
	"github.com/argoproj/argo-cd/v3/util/argo"
	"github.com/argoproj/argo-cd/v3/util/lua"
)

// pause is the time after which an operation looks again at the cluster, as the controller does when nothing tells it to.
const pause = time.Second

// fewestSteps are enough to apply the first objects and to see that they are not healthy, however slow the machine is.
const fewestSteps = 3

// operation is how far a sync came.
type operation struct {
	Phase   string   `json:"phase"`
	Message string   `json:"message"`
	Results []result `json:"results"`
}

// result is what a sync did with an object, in the order in which it did it.
type result struct {
	Kind    string `json:"kind"`
	Name    string `json:"name"`
	Wave    int    `json:"wave"`
	Status  string `json:"status"`
	Message string `json:"message"`
}

// objectHealth is Argo CD's opinion of a live object. It has none of some kinds.
type objectHealth struct {
	Kind    string `json:"kind"`
	Name    string `json:"name"`
	Status  string `json:"status"`
	Message string `json:"message"`
}

// operate syncs a whole application with Argo CD's engine, with pruning and health as its controller has them, until the
// operation is done or the time is up. Without the pause that the controller makes between waves.
func (c *cluster) operate(ctx context.Context, r request) (*operation, error) {
	tracking := argo.NewResourceTracking()
	live := cache.NewClusterCache(c.config,
		cache.SetLogr(logr.Discard()),
		cache.SetKubectl(c.kubectl),
		cache.SetPopulateResourceInfoHandler(func(object *unstructured.Unstructured, isRoot bool) (any, bool) {
			// What a controller makes of an object has its annotations too.
			ours := isRoot && tracking.GetAppName(object, common.LabelKeyAppInstance, v1alpha1.TrackingMethodAnnotation, "") == r.application()
			return ours, ours
		}),
	)
	if err := live.EnsureSynced(); err != nil {
		return nil, err
	}
	defer live.Invalidate()
	waves := map[kube.ResourceKey]int{}
	for _, object := range r.Objects {
		waves[kube.GetResourceKey(object)] = syncwaves.Wave(object)
	}
	var state syncState
	state.startedAt = metav1.Now()
	deadline := time.Now().Add(time.Duration(r.Seconds) * time.Second)
	for steps := 1; ; steps++ {
		if err := c.step(r, live, &state); err != nil {
			return nil, err
		}
		if state.phase.Completed() || steps >= fewestSteps && time.Now().After(deadline) {
			return &operation{string(state.phase), state.message, resultsOf(state.results, waves)}, nil
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(pause):
		}
	}
}

// syncState is what the controller keeps of an operation from one step to the next.
type syncState struct {
	phase     synccommon.OperationPhase
	message   string
	results   []synccommon.ResourceSyncResult
	startedAt metav1.Time
}

// step goes on with an operation from where it is: like the controller, with what is live now.
func (c *cluster) step(r request, live cache.ClusterCache, state *syncState) error {
	objects, err := live.GetManagedLiveObjs(r.Objects, func(resource *cache.Resource) bool { return resource.Info == true })
	if err != nil {
		return err
	}
	foreground := metav1.DeletePropagationForeground
	operated, cleanup, err := sync.NewSyncContext("revision", sync.Reconcile(r.Objects, objects, "", live), c.config, c.config, c.kubectl, "",
		sync.WithLogr(logr.Discard()),
		sync.WithHealthOverride(lua.ResourceHealthOverrides(nil)),
		sync.WithOperationSettings(false, true, false, false),
		sync.WithInitialState(state.phase, state.message, state.results, state.startedAt),
		sync.WithManifestValidation(true),
		sync.WithPrunePropagationPolicy(&foreground),
		sync.WithServerSideApply(r.Sync == "server"),
		sync.WithServerSideApplyManager(common.ArgoCDSSAManager),
	)
	if err != nil {
		return err
	}
	defer cleanup()
	operated.Sync()
	state.phase, state.message, state.results = operated.GetState()
	return nil
}

func resultsOf(all []synccommon.ResourceSyncResult, waves map[kube.ResourceKey]int) []result {
	sort.Slice(all, func(i, j int) bool { return all[i].Order < all[j].Order })
	results := []result{}
	for _, one := range all {
		results = append(results, result{one.ResourceKey.Kind, one.ResourceKey.Name, waves[one.ResourceKey], string(one.Status), one.Message})
	}
	return results
}

func (c *cluster) healthOf(ctx context.Context, objects []*unstructured.Unstructured) ([]objectHealth, error) {
	found := []objectHealth{}
	for _, object := range objects {
		live, err := c.kubectl.GetResource(ctx, c.config, object.GroupVersionKind(), object.GetName(), object.GetNamespace())
		if err != nil {
			return nil, fmt.Errorf("%s %s: %w", object.GetKind(), object.GetName(), err)
		}
		status, err := health.GetResourceHealth(live, lua.ResourceHealthOverrides(nil))
		if err != nil {
			return nil, fmt.Errorf("%s %s: %w", object.GetKind(), object.GetName(), err)
		}
		if status == nil {
			status = &health.HealthStatus{Status: "none"}
		}
		found = append(found, objectHealth{object.GetKind(), object.GetName(), string(status.Status), status.Message})
	}
	return found, nil
}
