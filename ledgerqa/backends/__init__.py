"""Encoders, readers and their model files, each behind a Protocol of `protocols`.

The only package that imports llama_cpp, gguf or sentence_transformers.  `protocols`, `files`, `device`,
`openai_reader` and `pull` import nothing heavy; `trained_planner` imports NumPy alone; `gguf_encoder`, `llama_reader`
and `llama_runtime` import NumPy and, when a model is loaded, llama_cpp; `sentence_encoder` brings torch, and only when
one is loaded.
"""
