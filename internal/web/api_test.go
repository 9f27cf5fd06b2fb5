package web_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"

	"teduh/internal/fault"
	"teduh/internal/web"
)

// plainly tells a fault without its words.
func plainly(_ context.Context, err error) *web.Problem {
	e, _ := fault.As(err)
	return &web.Problem{Status: e.Status, Code: e.Code, Current: e.Data}
}

func newAPI() (*web.API, *http.ServeMux) {
	return web.NewAPI(web.Config{Known: func(p string) bool { return p == "thing.read" }, Allow: func(context.Context, string) error { return nil }}, "1", plainly)
}

// Whoever asks too often is told how long to wait, in the header and in the body.
func TestTooOftenTellsHowLongToWait(t *testing.T) {
	api, mux := newAPI()
	web.Operation(api, huma.Operation{Method: http.MethodGet, Path: "/things", Tags: []string{"reports"}, Summary: "Things"}, "thing.read",
		func(context.Context, *struct{}) (*struct{ Body []string }, error) { return nil, fault.TooMany(7) })
	got := httptest.NewRecorder()
	mux.ServeHTTP(got, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/api/v1/things", nil))
	if got.Code != http.StatusTooManyRequests || got.Header().Get("Retry-After") != "7" || !strings.Contains(got.Body.String(), `"too_many"`) {
		t.Errorf("%d %v %s", got.Code, got.Header(), got.Body)
	}
}

// An operation without a permission that is known, or with an address it does not read, stops the start.
func TestAnOperationOfNoPermissionStopsTheStart(t *testing.T) {
	for permission, path := range map[string]string{"thing.steal": "/things", "thing.read": "/things/{id}"} {
		api, _ := newAPI()
		web.Operation(api, huma.Operation{Method: http.MethodGet, Path: path, Tags: []string{"reports"}, Summary: "Things"}, permission,
			func(context.Context, *struct{}) (*struct{ Body []string }, error) { return nil, fault.NotFound() })
		if api.Err() == nil {
			t.Errorf("%s %s was taken", permission, path)
		}
	}
}
