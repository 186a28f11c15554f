package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"sync"
	"text/tabwriter"
	"time"
)

// warmUp is run before each measurement and not counted.
const warmUp = 500 * time.Millisecond

// A result is what a way came to: a figure for each round.
type result struct {
	way    way
	rate   []float64 // cases a second
	ratio  []float64 // to the limit, in the same round
	server []float64 // to the limit of the server, whatever the way's own
	p50    []time.Duration
	p99    []time.Duration
	client func(context.Context, int) error
	close  func() error
}

// compare measures ways in rounds, each way once a round, so that what else the
// machine does falls on all of them. It says when all are open.
func compare(ctx context.Context, ways []way, clients, rounds int, length time.Duration, open func() error) (results []*result, err error) {
	defer func() {
		for _, r := range results {
			err = errors.Join(err, r.close())
		}
	}()
	for _, w := range ways {
		keep, end, err := w.open(ctx, clients)
		if err != nil {
			return results, fmt.Errorf("%s: %w", w.name, err)
		}
		results = append(results, &result{way: w, client: keep, close: end})
	}
	if err := open(); err != nil {
		return results, err
	}
	for range rounds {
		for _, r := range results {
			if err := r.measure(ctx, clients, length); err != nil {
				return results, fmt.Errorf("%s: %w", r.way.name, err)
			}
		}
		for _, r := range results {
			r.ratio = append(r.ratio, r.of(results, r.way.limit)...)
			r.server = append(r.server, r.of(results, serverLimit)...)
		}
	}
	return results, nil
}

// serverLimit is the limit that every way through the pages is compared with too:
// the one pgbench has.
const serverLimit = "bare postgres"

// of returns the last rate compared with that of another way, if it was measured.
func (r *result) of(results []*result, name string) []float64 {
	for _, l := range results {
		if l.way.name == name && l != r {
			return []float64{last(r.rate) * r.way.acts() / (last(l.rate) * l.way.acts())}
		}
	}
	return nil
}

// measure adds the figures of one round.
func (r *result) measure(ctx context.Context, clients int, length time.Duration) error {
	if _, err := load(ctx, r.client, clients, warmUp); err != nil {
		return err
	}
	began := time.Now()
	took, err := load(ctx, r.client, clients, length)
	if err != nil {
		return err
	}
	slices.Sort(took)
	r.rate = append(r.rate, float64(len(took))/time.Since(began).Seconds())
	acts := time.Duration(r.way.acts())
	r.p50 = append(r.p50, took[len(took)/2]/acts)
	r.p99 = append(r.p99, took[len(took)*99/100]/acts)
	return nil
}

// acts is how many acts a case takes.
func (w way) acts() float64 {
	if w.steps > 0 {
		return float64(w.steps)
	}
	return steps
}

// load has clients keep cases for some time, and returns how long each case took.
func load(ctx context.Context, keep func(context.Context, int) error, clients int, length time.Duration) ([]time.Duration, error) {
	end := time.Now().Add(length)
	var (
		mu   sync.Mutex
		all  []time.Duration
		errs error
		wg   sync.WaitGroup
	)
	for c := range clients {
		wg.Go(func() {
			var mine []time.Duration
			var err error
			for err == nil && ctx.Err() == nil && time.Now().Before(end) {
				began := time.Now()
				err = keep(ctx, c)
				mine = append(mine, time.Since(began))
			}
			mu.Lock()
			defer mu.Unlock()
			all, errs = append(all, mine...), errors.Join(errs, err)
		})
	}
	wg.Wait()
	return all, errors.Join(errs, ctx.Err())
}

// report prints the medians.
func report(w io.Writer, clients int, results []*result) {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(t, "clients\tway\tcases/s\tsteps/s\tp50 a step\tp99 a step\tof its limit\tof bare postgres\t\n")
	for _, r := range results {
		rate := median(r.rate)
		fmt.Fprintf(t, "%d\t%s\t%.0f\t%.0f\t%s\t%s\t%s\t%s\t\n", clients, r.way.name, rate, rate*r.way.acts(),
			median(r.p50).Round(10*time.Microsecond), median(r.p99).Round(10*time.Microsecond), share(r.ratio), share(r.server))
	}
	fmt.Fprintln(t)
	_ = t.Flush()
}

// share prints the median of ratios, if there are any.
func share(ratios []float64) string {
	if len(ratios) == 0 {
		return "–"
	}
	return fmt.Sprintf("%.2f", median(ratios))
}

func median[T float64 | time.Duration](list []T) T {
	s := slices.Sorted(slices.Values(list))
	return s[len(s)/2]
}

func last[T any](list []T) T { return list[len(list)-1] }
