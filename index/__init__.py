"""First floor: blocks become embeddings and a versioned FAISS index that can be searched and refreshed."""
