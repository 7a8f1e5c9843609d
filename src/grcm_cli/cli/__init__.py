"""The app, and what its commands share: session, options, errors, prompts, output."""
