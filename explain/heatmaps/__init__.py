"""Where in a picture a model looks: one file a method, arrays out."""
