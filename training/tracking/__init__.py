"""What runs reach is told to MLflow and TensorBoard, where the operator wants it."""
