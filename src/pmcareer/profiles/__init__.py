"""The one room that changes a person's profile: what can change, as text that keeps everything else, whole or not."""
