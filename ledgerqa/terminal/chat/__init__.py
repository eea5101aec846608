"""`ledgerqa chat`: a conversation with one ledger, as a Textual application or as plain lines.

What is said and kept (`desk`, `store`, `reindexing`, `completion`, `examples`, `editor`, `shown`) knows nothing of
Textual; `app` and `widgets` show it.  Nothing here is imported before somebody chats.
"""
