// Package worker does what happens by itself: cases lapse when nobody has paid in
// time, go on when nobody has corrected them, and have their terms counted anew when
// the calendar was changed; permits run out. It may run on several nodes at once, and
// stop at any moment.
package worker

import (
	"context"
	"log/slog"
	"time"

	"ruqsat/office"
)

// pause is how long to wait between two looks. Terms end at midnight, so half a
// minute is soon enough.
const pause = 30 * time.Second

// Run works until ctx is done.
func Run(ctx context.Context, o *office.Office, log *slog.Logger) {
	for {
		n, err := o.Tick(ctx)
		if err != nil && ctx.Err() == nil {
			log.Error("clock", "error", err)
		}
		if n > 0 {
			log.Info("the clock acted", "cases", n)
		}
		if n, err = o.ExpireAll(ctx); err != nil && ctx.Err() == nil {
			log.Error("expire", "error", err)
		}
		if n > 0 {
			log.Info("permits ran out", "permits", n)
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(pause):
		}
	}
}
