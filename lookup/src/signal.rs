//! Signals that end the process: what it has not finished goes with it.

/// Sees to it, once, that a signal which asks the process to end removes what is unfinished first. The
/// process then ends as it would have ended: a shell tells 128 and the number of the signal. A second
/// signal ends it at once.
///
/// Where the system has no such signals, or gives no way to watch them, what is unfinished stays.
pub(crate) fn watch() {
    #[cfg(unix)]
    {
        static WATCHED: std::sync::Once = std::sync::Once::new();
        WATCHED.call_once(|| drop(unix::watch()));
    }
}

#[cfg(unix)]
mod unix {
    use std::io;
    use std::sync::Arc;
    use std::sync::atomic::AtomicBool;

    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    use signal_hook::iterator::Signals;
    use signal_hook::low_level::emulate_default_handler;

    pub(super) fn watch() -> io::Result<()> {
        let ignored = ignored();
        let mut watched = vec![SIGHUP, SIGINT, SIGTERM];
        watched.retain(|signal| ignored >> (signal - 1) & 1 == 0);
        let mut signals = Signals::new(&watched)?;
        std::thread::Builder::new().name("signals".to_owned()).spawn(move || {
            if let Some(signal) = signals.forever().next() {
                farr_build::remove_unfinished();
                end(signal);
            }
        })?;
        let is_second = Arc::new(AtomicBool::new(false));
        for signal in watched {
            // In this order: the first signal finds nothing set, and sets it.
            signal_hook::flag::register_conditional_default(signal, Arc::clone(&is_second))?;
            signal_hook::flag::register(signal, Arc::clone(&is_second))?;
        }
        Ok(())
    }

    /// By the signal and not with a number of its own, so that a shell that runs a loop of commands ends
    /// the loop, too.
    fn end(signal: i32) -> ! {
        // The first process of a container is not ended by what it sends itself.
        if std::process::id() != 1 {
            let _ = emulate_default_handler(signal);
        }
        std::process::exit(128 + signal)
    }

    /// The signals that the process was started to ignore, by their bits: with `nohup`, or behind a shell.
    /// To watch one would be to end by it. Where nobody tells, `nohup` is what there may be.
    fn ignored() -> u64 {
        let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        let bits = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
        bits.and_then(|bits| u64::from_str_radix(bits.trim(), 16).ok()).unwrap_or(1 << (SIGHUP - 1))
    }
}
