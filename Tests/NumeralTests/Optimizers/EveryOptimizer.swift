import Numeral

/// Every optimizer, with rates that train small networks: the rows of the tests that hold for all of them.
let everyOptimizer: [Optimizer] = [
  .gradientDescent(learningRate: 0.5), .momentum(learningRate: 0.1), .nesterov(learningRate: 0.1),
  .rmsProp(learningRate: 0.01), .adaGrad(learningRate: 0.1), .adam(learningRate: 0.02), .adamW(learningRate: 0.02),
  .nAdam(learningRate: 0.02), .muon(learningRate: 0.05, othersLearningRate: 0.02),
]
