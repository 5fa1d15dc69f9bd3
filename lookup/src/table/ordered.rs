//! Pieces of a table, answered by as many threads as there are cores and taken in their order.
//!
//! One thread, the caller's, reads the pieces and takes what comes of them. So many are under way
//! at most, whatever the length of the table: memory stays the same.

use std::collections::VecDeque;
use std::sync::mpsc::{Receiver, Sender, channel, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

use crate::failure::Failure;

/// Threads that answer at most.
const MOST_WORKERS: usize = 16;

/// A piece, and where to send what comes of it.
struct Job<P, D> {
    piece: P,
    done: Sender<D>,
}

/// Takes what comes of every piece, in the order of the pieces.
///
/// `next` gives the pieces until there are no more, `begin` makes what a worker keeps from piece to
/// piece, `work` answers one, and `take` is handed the answers. What `next` says is wrong is told
/// when all before it is taken.
pub(crate) fn in_order<P: Send, D: Send, W>(
    mut next: impl FnMut() -> Result<Option<P>, Failure>,
    begin: impl Fn() -> W + Sync,
    work: impl Fn(&mut W, P) -> D + Sync,
    mut take: impl FnMut(D) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let workers = thread::available_parallelism().map_or(1, usize::from).min(MOST_WORKERS);
    let (jobs, taken) = sync_channel::<Job<P, D>>(workers);
    let taken = Mutex::new(taken);
    thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                let mut kept = begin();
                // The lock is let go before the piece is answered.
                while let Some(job) = receive(&taken) {
                    let done = work(&mut kept, job.piece);
                    if job.done.send(done).is_err() {
                        return;
                    }
                }
            });
        }
        // Moved in, so that the workers end with it.
        let jobs = jobs;
        let mut waiting: VecDeque<Receiver<D>> = VecDeque::new();
        let mut ended = Ok(());
        loop {
            let piece = match next() {
                Ok(piece) => piece,
                Err(failure) => {
                    ended = Err(failure);
                    None
                }
            };
            let is_last = piece.is_none();
            if let Some(piece) = piece {
                let (done, receiver) = channel();
                // It fails only where no worker is left, and then nothing is received either.
                let _ = jobs.send(Job { piece, done });
                waiting.push_back(receiver);
            }
            while waiting.len() > if is_last { 0 } else { workers * 2 } {
                let Some(receiver) = waiting.pop_front() else { break };
                take(receiver.recv().map_err(|_| stopped())?)?;
            }
            if is_last {
                return ended;
            }
        }
    })
}

fn receive<P, D>(taken: &Mutex<Receiver<Job<P, D>>>) -> Option<Job<P, D>> {
    taken.lock().unwrap_or_else(PoisonError::into_inner).recv().ok()
}

fn stopped() -> Failure {
    Failure::Input("a piece of the table was not answered".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    fn pieces(count: u64) -> impl FnMut() -> Result<Option<u64>, Failure> {
        let mut pieces = 0..count;
        move || Ok(pieces.next())
    }

    #[test]
    fn answers_come_in_the_order_of_the_pieces() {
        let mut taken = Vec::new();
        in_order(
            pieces(200),
            || (),
            |(), piece| {
                thread::sleep(Duration::from_micros(piece * 7919 % 300));
                piece * 2
            },
            |done| {
                taken.push(done);
                Ok(())
            },
        )
        .unwrap();
        assert_eq!(taken, (0..200).map(|piece| piece * 2).collect::<Vec<_>>());
    }

    #[test]
    fn few_pieces_are_under_way() {
        let (given, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let mut taken = 0;
        let mut next = pieces(500);
        in_order(
            || {
                given.fetch_add(1, Ordering::Relaxed);
                next()
            },
            || (),
            |(), piece| piece,
            |_| {
                taken += 1;
                most.fetch_max(given.load(Ordering::Relaxed) - taken, Ordering::Relaxed);
                Ok(())
            },
        )
        .unwrap();
        assert!(most.into_inner() <= MOST_WORKERS * 2 + 1);
    }

    #[test]
    fn what_is_wrong_is_told_behind_what_was_right() {
        let mut next = pieces(3);
        let mut taken = Vec::new();
        let told = in_order(
            || match next()? {
                None => Err(Failure::Input("line 4".to_owned())),
                piece => Ok(piece),
            },
            || (),
            |(), piece| piece,
            |done| {
                taken.push(done);
                Ok(())
            },
        );
        assert_eq!(told.unwrap_err().to_string(), "line 4");
        assert_eq!(taken, [0, 1, 2]);
    }

    #[test]
    fn it_ends_where_nobody_takes_any_more() {
        let told = in_order(|| Ok(Some(())), || (), |(), ()| (), |()| Err(Failure::ClosedPipe));
        assert!(matches!(told, Err(Failure::ClosedPipe)));
    }
}
