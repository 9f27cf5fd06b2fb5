package app

import (
	"net/http"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// metrics are what Prometheus asks for: how many requests by method and status and how long they took, the state of the
// program and of its connections. No address, no account and no office is told.
type metrics struct {
	registry *prometheus.Registry
	count    *prometheus.CounterVec
	duration *prometheus.HistogramVec
}

func (a *App) newMetrics() *metrics {
	m := &metrics{registry: prometheus.NewRegistry(),
		count: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "teduh_http_requests_total", Help: "Requests answered."}, []string{"method", "code"}),
		duration: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "teduh_http_request_duration_seconds", Help: "How long answers took.",
			Buckets: []float64{.002, .005, .01, .02, .05, .1, .25, 1, 5}}, []string{"method"})}
	m.registry.MustRegister(m.count, m.duration, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
		collectors.NewDBStatsCollector(a.DB.Raw(), "teduh"))
	return m
}

// measured counts what next answers.
func (m *metrics) measured(next http.Handler) http.Handler {
	return promhttp.InstrumentHandlerCounter(m.count, promhttp.InstrumentHandlerDuration(m.duration, next))
}

// Metrics is GET /metrics, for a listener of its own.
func (a *App) Metrics() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(a.metrics.registry, promhttp.HandlerOpts{}))
	return mux
}
