"""Tests of the sync: documents go to other ledgers, files, folders and servers, and nothing else does."""
