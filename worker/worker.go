// Package worker does what happens by itself: cases lapse when nobody has paid in
// time, go on when nobody has corrected them, and have their terms counted anew when
// the calendar was changed; permits run out; signatures that could not be checked
// are tried again, and time stamps that were not to be had; the transparency log gets its signed checkpoints. It may run on
// several nodes at once, and stop at any moment.
package worker

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"ruqsat/office"
)

// pause is how long to wait between two looks. Terms end at midnight, so half a
// minute is soon enough.
const pause = 30 * time.Second

// Run works until ctx is done.
func Run(ctx context.Context, o *office.Office, log *slog.Logger) {
	var publisher sync.WaitGroup
	defer publisher.Wait()
	publisher.Go(func() {
		everyMinute(ctx, func() {
			if _, err := o.PublishCheckpoint(ctx); err != nil && ctx.Err() == nil {
				log.Error("checkpoint", "error", err)
			}
		})
	})
	for {
		n, err := o.Tick(ctx)
		if err != nil && ctx.Err() == nil {
			log.Error("clock", "error", err)
		}
		if n > 0 {
			log.Info("the clock acted", "cases", n)
		}
		if _, err := o.ForgetViewings(ctx); err != nil && ctx.Err() == nil {
			log.Error("viewings that were kept long enough", "error", err)
		}
		if err := o.DrawStock(ctx); err != nil && ctx.Err() == nil {
			log.Error("snapshots of the register", "error", err)
		}
		if n, err = o.ExpireAll(ctx); err != nil && ctx.Err() == nil {
			log.Error("expire", "error", err)
		}
		if n > 0 {
			log.Info("permits ran out", "permits", n)
		}
		if n, err = o.RetrySignatures(ctx); err != nil && ctx.Err() == nil {
			log.Error("signatures that wait", "error", err)
		}
		if n > 0 {
			log.Info("signatures that waited are settled", "signatures", n)
		}
		if n, err = o.StampSignatures(ctx); err != nil && ctx.Err() == nil {
			log.Error("time stamps that are wanted", "error", err)
		}
		if n > 0 {
			log.Info("time stamps that were wanted are settled", "signatures", n)
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(pause):
		}
	}
}

// everyMinute does something now and each minute until ctx is done.
func everyMinute(ctx context.Context, do func()) {
	for {
		do()
		select {
		case <-ctx.Done():
			return
		case <-time.After(time.Minute):
		}
	}
}
