//! Faults chosen by a seed, and the expected outcome of the calls that meet them.

use discovery_runtime::{AttemptsError, Error, ErrorExt as _};

use super::catalogue::{Class, Fault};

/// The maximum number of attempts of a call.
pub(crate) const ATTEMPTS: u32 = 4;

/// The faults of many calls.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plan {
    pub(crate) seed: u64,
}

/// The expected outcome of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Expected {
    pub(crate) requests: usize,
    /// The fault of the last request.
    pub(crate) last: Fault,
}

impl Plan {
    /// Returns a pseudorandom number for some purpose of a call.
    pub(crate) fn number(self, call: u64, purpose: u64) -> u64 {
        mixed(mixed(mixed(self.seed) ^ call) ^ purpose)
    }

    /// Returns the fault of a request of a call, counted from zero.
    pub(crate) fn fault(self, call: u64, request: usize) -> Fault {
        use Fault::*;
        let number = self.number(call, 1000 + u64::try_from(request).unwrap());
        let pick = usize::try_from(number >> 32).unwrap();
        match number % 1000 {
            0..200 => Nothing,
            200..206 => [
                Stall,
                StallInHead,
                StallInBody,
                StallInError,
                Drip,
                UnavailableFor,
            ][pick % 6],
            206..226 => [Flood, FloodInError, GzipBomb, LongHeader, ManyHeaders][pick % 5],
            _ => quick(pick),
        }
    }

    pub(crate) fn expected(self, call: u64, is_idempotent: bool) -> Expected {
        let (mut requests, mut attempts) = (0, 0);
        loop {
            attempts += 1;
            let mut last = self.fault(call, requests);
            requests += 1;
            if last.class() == Class::Unauthenticated {
                last = self.fault(call, requests);
                requests += 1;
            }
            let passes = matches!(last.class(), Class::Broken | Class::Unavailable);
            if !(passes && is_idempotent && attempts < ATTEMPTS) {
                return Expected { requests, last };
            }
        }
    }
}

/// Picks a fault that takes neither time nor memory.
fn quick(pick: usize) -> Fault {
    use Fault::*;
    const QUICK: [Fault; 27] = [
        ResetInRequest,
        ResetBeforeHead,
        CloseBeforeHead,
        ResetInHead,
        CloseInHead,
        ResetInBody,
        CloseInBody,
        LengthTooLong,
        LengthTooShort,
        ChunkOfBadSize,
        ChunksCutOff,
        GzipTruncated,
        GzipCorrupt,
        HtmlBadGateway,
        HtmlOk,
        EmptyInternal,
        EmptyOk,
        TooManyRequests,
        TooManyRequestsUntil,
        Unavailable,
        Unauthenticated,
        RedirectElsewhere,
        NotUtf8,
        Deep,
        DeepError,
        NotHttp,
        Smuggled,
    ];
    QUICK[pick % QUICK.len()]
}

impl Expected {
    /// Returns the class of the last fault. An error body that stalls is a timeout here, since the
    /// timeout of an attempt is shorter than the wait for the rest of an error body.
    pub(crate) fn class(self) -> Class {
        match self.last {
            Fault::StallInError => Class::Slow,
            last => last.class(),
        }
    }

    /// Reports if the error is the one of the last request.
    pub(crate) fn fits(self, error: &Error) -> bool {
        let status = error.reported_http_status();
        let is_kind = match self.last {
            Fault::RedirectElsewhere => status == Some(307),
            Fault::Unauthenticated => status == Some(401),
            Fault::TooManyRequests | Fault::TooManyRequestsUntil => status == Some(429),
            Fault::EmptyInternal | Fault::DeepError | Fault::FloodInError => status == Some(500),
            Fault::HtmlBadGateway => status == Some(502),
            _ => match self.class() {
                Class::Success => false,
                Class::Broken => innermost(error).is_io(),
                Class::Unavailable => status == Some(503),
                Class::Slow => error.is_timeout(),
                _ => error.is_deserialization(),
            },
        };
        is_kind && usize::try_from(error.attempts()) == Ok(self.requests)
    }
}

fn innermost(error: &Error) -> &Error {
    let source = std::error::Error::source(error);
    let attempts = source.and_then(|source| source.downcast_ref::<AttemptsError>());
    attempts.map_or(error, AttemptsError::last)
}

/// [SplitMix64](https://doi.org/10.1145/2714064.2660195): equal input gives equal output.
fn mixed(number: u64) -> u64 {
    let mut mixed = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}
