package bulk

import (
	"context"
	"iter"
	"runtime"
	"sync"
)

// portion is how many rows one goroutine prepares at once.
const portion = 256

// done is a portion with what became of it.
type done[Out any] struct {
	list []Out
	err  error
}

// Pipe prepares what comes in on all cores and hands it to write in the order it came, about size at once. The first error
// ends it.
func Pipe[In, Out any](ctx context.Context, in iter.Seq2[In, error], prepare func(In) (Out, error), size int, write func([]Out) error) error {
	ctx, stop := context.WithCancel(ctx)
	var working sync.WaitGroup
	defer working.Wait()
	defer stop()
	line := make(chan chan done[Out], max(4*runtime.NumCPU(), size/portion)) // a whole group is prepared while one is written
	working.Go(func() {
		defer close(line)
		feed(ctx, in, line, prepare)
	})
	var waiting []Out
	for portions := range line {
		d := <-portions
		if d.err != nil {
			return d.err
		}
		if waiting = append(waiting, d.list...); len(waiting) >= size {
			if err := write(waiting); err != nil {
				return err
			}
			waiting = nil
		}
	}
	if err := ctx.Err(); err != nil || len(waiting) == 0 {
		return err
	}
	return write(waiting)
}

// Each lets Pipe read a list.
func Each[T any](list []T) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for _, x := range list {
			if !yield(x, nil) {
				return
			}
		}
	}
}

// feed cuts what comes in into portions; as many goroutines as the line is long prepare them.
func feed[In, Out any](ctx context.Context, in iter.Seq2[In, error], line chan<- chan done[Out], prepare func(In) (Out, error)) {
	send := func(list []In, err error) bool {
		result := make(chan done[Out], 1)
		select {
		case line <- result:
		case <-ctx.Done():
			return false
		}
		go func() { result <- prepared(list, err, prepare) }()
		return err == nil
	}
	list := make([]In, 0, portion)
	for x, err := range in {
		if err != nil {
			send(list, err)
			return
		}
		if list = append(list, x); len(list) == portion {
			if !send(list, nil) {
				return
			}
			list = make([]In, 0, portion)
		}
	}
	if len(list) > 0 {
		send(list, nil)
	}
}

func prepared[In, Out any](list []In, err error, prepare func(In) (Out, error)) done[Out] {
	d := done[Out]{list: make([]Out, len(list)), err: err}
	for i := 0; i < len(list) && d.err == nil; i++ {
		d.list[i], d.err = prepare(list[i])
	}
	return d
}
