"""Training: the extractor's weights from coded sentences and uncoded text.

Needs the extra ``train`` (PyTorch, transformers, ONNX); nothing here is imported in use.
"""
