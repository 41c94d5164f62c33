//! What the page and the store of its records say to each other, and what is read aside from the page.
//! Plain data: how a browser stores is not known here.

/// A record to be stored.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Change {
    /// The key of the record.
    pub key: String,
    /// The token of the record that this one follows; `None` where it is new. Where another one is
    /// stored by now, both are merged.
    pub expected: Option<String>,
    /// The token of the record.
    pub token: String,
    /// The text of the record.
    pub text: String,
}

/// Where records are stored.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Place {
    /// In the browser's database.
    Indexed,
    /// In its local storage, where it has no database.
    Local,
    /// Nowhere: it allows neither, and closing the page ends everything.
    Memory,
}

/// Whether the page may write.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Access {
    /// It may.
    Open,
    /// It may not: the records are of this version, which is newer than the page.
    Newer(u32),
}

/// What a store says of itself when it is opened.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Opened {
    /// Where it is.
    pub place: Place,
    /// Whether it may be written to.
    pub access: Access,
    /// What is noted beside the records: `lastWrite`, `lastExport` and their kind.
    pub meta: Vec<(String, String)>,
    /// How many records there are.
    pub rows: u32,
}

/// What a store reports.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum StoreEvent {
    /// It is open; its records follow.
    Opened(Opened),
    /// Some of its records.
    Rows(Vec<String>),
    /// All records were reported.
    Ready,
    /// Records as they stand after another tab wrote.
    Changed(Vec<String>),
    /// A commit is durable: its number, and those of its records that stand otherwise than they were
    /// handed over, merged with what another tab stored.
    Committed(u32, Vec<String>),
    /// Nothing of a commit was stored: its number, and the browser's reason.
    Refused(u32, String),
    /// The browser's database is there and can't be opened or read: its records are not here, and what is stored
    /// elsewhere meanwhile is added to them once it can.
    Faulty(String),
    /// Not everything could be erased: the browser's reason. Otherwise the page is loaded anew.
    NotErased(String),
    /// How many bytes are used and may be used, and whether the browser promised to keep them.
    Usage {
        /// Bytes in use.
        bytes: u64,
        /// Bytes that the browser allows, where it says so.
        quota: Option<u64>,
        /// Whether the browser promised not to clear them away by itself.
        is_persisted: Option<bool>,
    },
}

/// What is to be read aside from the page.
#[derive(Clone, PartialEq, Debug)]
pub enum Task {
    /// A file.
    File(web_sys::File),
    /// Rows pasted from a spreadsheet.
    Rows(String),
}

/// What was found in what is read. Where it is refused, nothing of it counts.
#[derive(Clone, PartialEq, Debug)]
pub enum WorkEvent {
    /// So much of so much is read.
    Progress(u32, u32),
    /// Some records of a file of the workspace.
    Records(Vec<String>),
    /// All records were reported.
    End,
    /// The orders of an export of 1688, as `parseOrderExport` of the package answers.
    Orders(String),
    /// Another file: its text.
    Text(String),
    /// What is wrong, in sentences.
    Refused(Vec<String>),
}
