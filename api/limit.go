package api

import (
	"context"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"ruqsat/lang"
	"ruqsat/partner"
	"ruqsat/problem"

	"github.com/danielgtaylor/huma/v2"
)

// publicMinute is how many questions a minute are answered to one address without a
// token.
const publicMinute = 60

// mostLimits is how many askers are remembered; then all begin anew.
const mostLimits = 10_000

// limits count what each asker has asked lately, on this node.
type limits struct {
	mu sync.Mutex
	of map[string]*rate.Limiter
}

func newLimits() *limits { return &limits{of: map[string]*rate.Limiter{}} }

// wait returns how long an asker has to wait who may ask so often a minute; nothing
// if the question may be answered.
func (l *limits) wait(key string, minute int) time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.of) >= mostLimits {
		clear(l.of)
	}
	limiter := l.of[key]
	if limiter == nil {
		limiter = rate.NewLimiter(rate.Limit(float64(minute)/60), minute)
		l.of[key] = limiter
	}
	r := limiter.Reserve()
	wait := r.Delay()
	if wait > 0 {
		r.Cancel() // a question that is not answered does not count
	}
	return wait
}

// allow lets ask who has a token for a scope and has not asked too often.
func (s *Service) allow(ctx context.Context, scope partner.Scope) error {
	a := askerOf(ctx)
	if a.secret == "" {
		return s.said(ctx, problem.New(problem.SignedOut, "partner.no-token"))
	}
	// Who guesses secrets is slowed down as who has none.
	x, err := s.office.Partner(ctx, a.secret, scope)
	if err != nil {
		if wait := s.limits.wait("host "+a.host, publicMinute); wait > 0 {
			return s.tooOften(ctx, wait)
		}
		return s.said(ctx, err)
	}
	if wait := s.limits.wait("token "+x.ID, x.Minute); wait > 0 {
		return s.tooOften(ctx, wait)
	}
	return nil
}

// allowAll lets everybody ask who has not asked too often.
func (s *Service) allowAll(ctx context.Context) error {
	if wait := s.limits.wait("host "+askerOf(ctx).host, publicMinute); wait > 0 {
		return s.tooOften(ctx, wait)
	}
	return nil
}

func (s *Service) tooOften(ctx context.Context, wait time.Duration) error {
	seconds := int((wait + time.Second - 1) / time.Second)
	p := problemOf(problem.New(problem.TooMany, "partner.too-often", lang.Args{"seconds": seconds}), askerOf(ctx).lang)
	p.retry = wait
	return huma.ErrorWithHeaders(p, p.GetHeaders())
}
