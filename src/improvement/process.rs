//! The process model: what the landlord does, as a tree.

use chrono::{DateTime, Utc};

use crate::key;
use crate::thread::id::StandardId;

key!(/// A process of the model.
    ProcessId);

/// A process as it stands.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Process {
    #[sqlx(rename = "process_id")]
    pub id: ProcessId,
    /// The process it is a part of.
    pub parent_id: Option<ProcessId>,
    pub name: String,
    pub description: String,
    pub department: String,
    /// Set once it is no longer done; it stays in the model.
    pub archived_at: Option<DateTime<Utc>>,
    pub archived_reason: String,
}

impl Process {
    /// Its page.
    #[must_use]
    pub fn href(&self) -> String {
        format!("/staff/improvement/processes/{}", self.id)
    }
}

/// What staff write of a process.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    pub parent: Option<ProcessId>,
    pub name: String,
    pub description: String,
    pub department: String,
    /// The standards that show how well it runs.
    pub measures: Vec<StandardId>,
}

/// A process with those that are parts of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    pub process: Process,
    pub parts: Vec<Node>,
}

/// The processes as a tree, in the order in which they come.
#[must_use]
pub fn tree(all: &[Process]) -> Vec<Node> {
    parts_of(all, None)
}

fn parts_of(all: &[Process], parent: Option<ProcessId>) -> Vec<Node> {
    let own = all.iter().filter(|process| process.parent_id == parent);
    own.map(|process| Node { process: process.clone(), parts: parts_of(all, Some(process.id)) }).collect()
}

/// The name of a process after those it is a part of: "Homes › Repairs › Emergency repairs".
#[must_use]
pub fn path(all: &[Process], id: ProcessId) -> String {
    let mut names = Vec::new();
    let mut next = Some(id);
    // A tree is at most as deep as it has processes.
    for _ in all {
        let Some(process) = next.and_then(|id| all.iter().find(|process| process.id == id)) else { break };
        names.push(process.name.as_str());
        next = process.parent_id;
    }
    names.reverse();
    names.join(" › ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn process(id: i64, parent: Option<i64>, name: &str) -> Process {
        Process {
            id: ProcessId(id),
            parent_id: parent.map(ProcessId),
            name: name.into(),
            description: String::new(),
            department: String::new(),
            archived_at: None,
            archived_reason: String::new(),
        }
    }

    #[test]
    fn processes_stand_under_the_ones_they_are_parts_of() {
        let all = [process(3, Some(2), "Emergencies"), process(1, None, "Homes"), process(2, Some(1), "Repairs")];
        let tree = tree(&all);
        assert_eq!(tree.len(), 1);
        assert_eq!(tree[0].parts[0].parts[0].process.name, "Emergencies");
        assert_eq!(path(&all, ProcessId(3)), "Homes › Repairs › Emergencies");
    }
}
