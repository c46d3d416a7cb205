"""The names that Keras has had for the same thing since 2015.

Only names stand here; what bricks there are and what settings they have is the
catalogue's.
"""

from __future__ import annotations

from typing import Any

# A layer's class -> the catalogue's kind, which is Keras 3's class.
KINDS = {
    "Convolution1D": "Conv1D",
    "Convolution2D": "Conv2D",
    "Convolution3D": "Conv3D",
    "AtrousConvolution2D": "Conv2D",
    "SeparableConvolution2D": "SeparableConv2D",
    "Deconvolution2D": "Conv2DTranspose",
    "Convolution2DTranspose": "Conv2DTranspose",
    "MaxPool1D": "MaxPooling1D",
    "MaxPool2D": "MaxPooling2D",
    "AvgPool1D": "AveragePooling1D",
    "AvgPool2D": "AveragePooling2D",
    "GlobalAvgPool1D": "GlobalAveragePooling1D",
    "GlobalAvgPool2D": "GlobalAveragePooling2D",
    "GlobalMaxPool1D": "GlobalMaxPooling1D",
    "GlobalMaxPool2D": "GlobalMaxPooling2D",
    "BatchNormalizationV1": "BatchNormalization",
    "BatchNormalizationV2": "BatchNormalization",
    "CuDNNLSTM": "LSTM",
    "CuDNNGRU": "GRU",
    "SimpleRecurrent": "SimpleRNN",
    "Normalize": "Normalization",
}

# Layers that are one function: the function, which an Activation brick takes.
FUNCTIONS = {
    "ReLU": "relu",
    "LeakyReLU": "leaky_relu",
    "Softmax": "softmax",
    "ELU": "elu",
    "PReLU": "leaky_relu",
}

# Classes that Keras has and no brick can be, so that they are known without an import.
NO_BRICKS = frozenset(
    [
        "Lambda",
        "Masking",
        "Permute",
        "Merge",
        "MaxoutDense",
        "Highway",
        "Cropping1D",
        "ConvLSTM2D",
        "RNN",
        "StackedRNNCells",
        "LocallyConnected1D",
        "LocallyConnected2D",
        "AlphaDropout",
        "ThresholdedReLU",
        "ActivityRegularization",
        "Conv3D",
        "MaxPooling3D",
        "Attention",
        "AdditiveAttention",
        "MultiHeadAttention",
        "InputLayer",
        "SpatialDropout1D",
        "SpatialDropout2D",
        "SpatialDropout3D",
        "UpSampling1D",
        "UpSampling3D",
        "ZeroPadding1D",
        "Bidirectional",
        "TimeDistributed",
        "TimeDistributedDense",
        "TextVectorization",
        "StringLookup",
        "IntegerLookup",
        "CategoryEncoding",
        "Hashing",
        "Discretization",
        "Resizing",
        "CenterCrop",
        "Add",
        "Subtract",
        "Multiply",
        "Average",
        "Maximum",
        "Minimum",
        "Concatenate",
        "Dot",
    ]
) | frozenset(FUNCTIONS)

# How layers that merge are called -> the Parallel brick's setting; None: no brick.
MERGES = {
    "add": "add",
    "sum": "add",
    "concatenate": "concatenate",
    "concat": "concatenate",
    "multiply": "multiply",
    "mul": "multiply",
    "average": "average",
    "ave": "average",
    "maximum": "maximum",
    "max": "maximum",
}

# An argument of Keras 1 -> Keras 2 and 3.
ARGUMENTS = {
    "nb_filter": "filters",
    "filter_length": "kernel_size",
    "border_mode": "padding",
    "subsample": "strides",
    "subsample_length": "strides",
    "stride": "strides",
    "pool_length": "pool_size",
    "atrous_rate": "dilation_rate",
    "init": "kernel_initializer",
    "inner_init": "recurrent_initializer",
    "W_regularizer": "kernel_regularizer",
    "b_regularizer": "bias_regularizer",
    "bias": "use_bias",
    "p": "rate",
    "alpha": "negative_slope",
    "sigma": "stddev",
    "dropout_W": "dropout",
    "dropout_U": "recurrent_dropout",
    "dim_ordering": "data_format",
    "batch_size_input": "batch_size",
}
# Of these kinds only: an argument that means another thing elsewhere.
ARGUMENTS_OF = {
    ("Dense", "output_dim"): "units",
    ("LSTM", "output_dim"): "units",
    ("GRU", "output_dim"): "units",
    ("SimpleRNN", "output_dim"): "units",
    ("Activation", "function"): "activation",
}

# Keras' own order of the arguments that a listing may give without their names, where
# the brick's `positional` settings are not all of them.
POSITIONS = {
    "Dense": ("units", "activation", "use_bias"),
    "Conv1D": ("filters", "kernel_size", "strides", "padding"),
    "Conv2D": ("filters", "kernel_size", "strides", "padding"),
    "Conv2DTranspose": ("filters", "kernel_size", "strides", "padding"),
    "SeparableConv2D": ("filters", "kernel_size", "strides", "padding"),
    "DepthwiseConv2D": ("kernel_size", "strides", "padding"),
    "MaxPooling1D": ("pool_size", "strides", "padding"),
    "MaxPooling2D": ("pool_size", "strides", "padding"),
    "AveragePooling1D": ("pool_size", "strides", "padding"),
    "AveragePooling2D": ("pool_size", "strides", "padding"),
    "Embedding": ("input_dim", "output_dim"),
    "LSTM": ("units", "activation"),
    "GRU": ("units", "activation"),
    "SimpleRNN": ("units", "activation"),
    "UpSampling2D": ("size",),
    "ZeroPadding2D": ("padding",),
    "Cropping2D": ("cropping",),
    "Reshape": ("target_shape",),
    "RepeatVector": ("n",),
    "GaussianNoise": ("stddev",),
    "RandomFlip": ("mode",),
    "RandomRotation": ("factor",),
    "RandomZoom": ("height_factor", "width_factor"),
    "RandomTranslation": ("height_factor", "width_factor"),
    "RandomContrast": ("factor",),
    "RandomBrightness": ("factor",),
    "RandomCrop": ("height", "width"),
    "Rescaling": ("scale", "offset"),
    "Resizing": ("height", "width"),
    "BatchNormalization": ("axis", "momentum", "epsilon"),
    "Dropout": ("rate",),
    "Activation": ("activation",),
}

# Arguments that say nothing which a brick must keep, with the values at which they do.
ALWAYS = object()
HARMLESS: dict[str, Any] = {
    **dict.fromkeys(
        [
            "name",
            "input_shape",
            "batch_input_shape",
            "batch_shape",
            "input_dim",
            "input_length",
            "dtype",
            "seed",
            "sparse",
            "ragged",
            "optional",
            "input_dtype",
            "implementation",
            "consume_less",
            "unroll",
            "time_major",
            "synchronized",
            "moving_mean_initializer",
            "moving_variance_initializer",
            "registered_name",
            "batch_size",
            "input_tensor",
            "fused",
            "virtual_batch_size",
            "return_seed_generator",
            "renorm_clipping",
            "renorm_momentum",
            "value_range",
            "zero_output_for_mask",
        ],
        ALWAYS,
    ),
    "axis": (-1, 3, (3,), (-1,), 2, (2,)),
    "data_format": ("channels_last", "tf", None),
    "trainable": (True,),
    "groups": (1,),
    "mode": (0, 2),
    "beta_initializer": ("zeros", "zero"),
    "gamma_initializer": ("ones", "one"),
    "recurrent_activation": ("sigmoid", "hard_sigmoid"),
    "recurrent_initializer": ("orthogonal", "orthogonal_initializer"),
    "bias_initializer": ("zeros", "zero"),
    "embeddings_initializer": ("uniform", "random_uniform"),
    "depthwise_initializer": ("glorot_uniform",),
    "pointwise_initializer": ("glorot_uniform",),
    "unit_forget_bias": (True,),
    "forget_bias_init": ("one", "ones"),
    "reset_after": (True,),
    "center": (True,),
    "scale": (True,),
    "use_bias": (True,),
    "depth_multiplier": (1,),
    "interpolation": ("nearest", "bilinear"),
    "fill_mode": ("reflect", "nearest", "constant"),
    "fill_value": (0, 0.0),
    "merge_mode": ("concat",),
    "max_value": (255,),
}

INITIALIZERS = {
    "uniform": "random_uniform",
    "normal": "random_normal",
    "gaussian": "random_normal",
    "zero": "zeros",
    "one": "ones",
    "glorot_uniform_v2": "glorot_uniform",
    "xavier": "glorot_uniform",
}
ACTIVATIONS = {"swish": "silu", "leaky_re_lu": "leaky_relu", "lrelu": "leaky_relu"}
