"""From citations to documents: which mentions are one document, which document each citation means."""
