"""From the options of the command line to a request to load a model."""

from argparse import Namespace

from trtstudio.model.load_options import LoadOptions
from trtstudio.model.run import LoadRequest


def load_request(options: Namespace) -> LoadRequest:
    """What ``add_loading`` reads, for ``options.file``."""
    return LoadRequest(
        str(options.file),
        options.runtime,
        load_options(options),
        input_shapes=dict(options.reshape),
    )


def load_options(options: Namespace) -> LoadOptions:
    """What ``add_loading`` reads."""
    return LoadOptions(
        device=options.device,
        weight_streaming=options.weight_streaming,
        cuda_graphs=options.cuda_graphs,
        kernel_specialization=options.kernel_specialization,
        context_memory=options.context_memory,
        keep_kernels=not options.no_kernel_cache,
    )
