//! Everything of a fake that changes.

use crate::incoming::Incoming;
use crate::locate::Located;
use crate::log::Log;
use crate::media::sessions::Sessions;
use crate::rules::Rules;
use crate::settings::Settings;
use crate::state::State;

/// Everything of a fake that changes.
#[derive(Debug, Default)]
pub(crate) struct Shared {
    pub(crate) state: State,
    pub(crate) sessions: Sessions<(Incoming, Located)>,
    pub(crate) rules: Rules,
    pub(crate) log: Log,
    pub(crate) settings: Settings,
}

impl Shared {
    /// Removes everything but the settings.
    pub(crate) fn reset(&mut self) {
        self.state.clear();
        self.sessions = Sessions::default();
        self.rules.clear();
        self.log.clear();
    }
}
