"""ONNX Runtime: prediction only."""

from __future__ import annotations

import numpy as np
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

from .peer import Layers, Peer


class ONNXPeer(Peer):
    packages = ("onnxruntime", "onnx")

    def prepare_inference(self, layers: Layers) -> None:
        nodes, initializers, name = [], [], "images"
        for index, (weight, bias) in enumerate(layers):
            initializers.append(numpy_helper.from_array(weight, f"weight{index}"))
            initializers.append(numpy_helper.from_array(bias, f"bias{index}"))
            out = f"sum{index}"
            nodes.append(helper.make_node("Gemm", [name, f"weight{index}", f"bias{index}"], [out]))
            name = out
            if index < len(layers) - 1:
                nodes.append(helper.make_node("Relu", [out], [f"relu{index}"]))
                name = f"relu{index}"
        nodes.append(helper.make_node("Softmax", [name], ["probabilities"], axis=1))
        self.session = self._session(nodes, initializers, 10)
        identity = [helper.make_node("Identity", ["images"], ["probabilities"])]
        self.identity = self._session(identity, [], 784)

    def _session(self, nodes: list, initializers: list, outputs: int) -> onnxruntime.InferenceSession:
        graph = helper.make_graph(
            nodes,
            "network",
            [helper.make_tensor_value_info("images", TensorProto.FLOAT, ["batch", 784])],
            [helper.make_tensor_value_info("probabilities", TensorProto.FLOAT, ["batch", outputs])],
            initializers,
        )
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = self.threads
        return onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])

    def predict(self, images: np.ndarray) -> np.ndarray:
        return self.session.run(None, {"images": images})[0]

    def binding(self, images: np.ndarray) -> np.ndarray:
        return self.identity.run(None, {"images": images})[0]
