"""What a trained model does: figures and arrays, no painting."""
