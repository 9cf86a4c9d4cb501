@testable import Numeral

/// Updates with something beside the optimizer: the rows of the tests that hold for all of them.
let everyUpdate: [UpdateSettings] = [
  UpdateSettings(optimizer: .gradientDescent(learningRate: 0.5), clipping: .value(0.01)),
  UpdateSettings(optimizer: .gradientDescent(learningRate: 0.5), clipping: .norm(0.5)),
  UpdateSettings(
    optimizer: .momentum(learningRate: 0.1), regularization: Regularization(l1: 1e-4, l2: 1e-3), averaging: 0.9),
  UpdateSettings(
    optimizer: .nesterov(learningRate: 0.1), clipping: .value(0.02),
    regularization: Regularization(l1: 1e-4, labelSmoothing: 0.1, decaysBiases: true)),
  UpdateSettings(optimizer: .rmsProp(learningRate: 0.01), regularization: Regularization(maxNorm: 2), averaging: 0.5),
  UpdateSettings(optimizer: .adaGrad(learningRate: 0.1), regularization: Regularization(labelSmoothing: 0.2)),
  UpdateSettings(
    optimizer: .adam(learningRate: 0.02), clipping: .norm(1), regularization: Regularization(l2: 1e-3, maxNorm: 3)),
  UpdateSettings(
    optimizer: .adamW(learningRate: 0.02), regularization: Regularization(decaysBiases: true), averaging: 0.9),
  UpdateSettings(
    optimizer: .muon(learningRate: 0.05, othersLearningRate: 0.02), clipping: .norm(1),
    regularization: Regularization(l1: 1e-5, l2: 1e-4, maxNorm: 4, labelSmoothing: 0.1), averaging: 0.9),
]
