internal import CNumeralCPU

#if canImport(Glibc) || canImport(Darwin)
  internal import Synchronization
#endif
#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Work that all threads of a pool do together, stage by stage.
///
/// It is a class, not a closure, so that starting a stage allocates nothing.
class ParallelWork: @unchecked Sendable {
  /// Does one thread's share of a stage.
  func perform(_ stage: Stage, thread: Int) { preconditionFailure("work says what a thread does") }
}

#if canImport(Glibc) || canImport(Darwin)
  /// Threads that work together on every stage of a step and wait for each other at its end.
  ///
  /// Between stages a worker spins for a short time, because the next stage usually comes within microseconds. Then it
  /// parks, so that nothing spins while the program is idle. The pool starts at most one thread for each core. Work is
  /// still divided into as many shares as requested, so the bits depend on the requested number only. A thread without
  /// a core of its own would slow down the thread that the others wait for. Measured on two cores with 64 shares: 2.1
  /// times as long as with two shares, 4.5 times with a thread for each share.
  ///
  /// A fork and join takes 0.3 µs while the workers spin and some 50 µs when they are parked.
  ///
  /// While two threads wait for each other in turn, Linux may leave both on one core although another is idle.
  /// Measured: 138 ms an epoch of `two-hidden` instead of 49. So a worker moves if it finds an earlier thread on its
  /// own core.
  final class ThreadPool: @unchecked Sendable {
    /// The requested number of threads, including the calling one: the number of shares.
    let threadCount: Int

    private let state: PoolState
    private var threads: [pthread_t] = []

    /// Starts the workers: one fewer than the requested threads, and at most one for each other core.
    init(threadCount: Int) {
      precondition(threadCount >= 1, "a pool needs a thread")
      self.threadCount = threadCount
      let crew = min(threadCount, availableCores())
      state = PoolState(shares: threadCount, crew: crew)
      for index in 1..<crew {
        let seat = unsafe Unmanaged.passRetained(WorkerSeat(state: state, thread: index))
        guard let thread = unsafe startThread(seat.toOpaque()) else {
          unsafe seat.release()
          state.goOn(with: index)
          break
        }
        threads.append(thread)
      }
    }

    deinit {
      state.stop()
      for thread in threads { pthread_join(thread, nil) }
    }

    /// Performs a stage on all threads and returns when all are done. Subnormal numbers count as zero during the stage.
    func run(_ work: ParallelWork, stage: Int, _ chunk: Chunk = Chunk()) {
      let stage = Stage(number: stage, chunk: chunk)
      let subnormals = FlushedSubnormals()
      defer { subnormals.restore() }
      state.start(work, stage: stage)
      state.perform(work, stage: stage, as: 0)
      state.wait()
    }
  }

  /// The state that the threads of a pool share.
  @safe private final class PoolState: @unchecked Sendable {
    private let generation = Atomic<Int>(0)
    private let pending = Atomic<Int>(0)
    private let parked = Atomic<Int>(0)
    /// About 100 µs: longer than the time between two stages, too short for a person to notice.
    private static let spins = 100_000
    private let shares: Int
    private var crew: Int
    private let cores: Buffer<Int32>
    private var workers: Int
    private unowned(unsafe) var work: ParallelWork?
    private var stage = Stage(number: 0)
    private var isStopping = false
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let wake = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private let done = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

    init(shares: Int, crew: Int) {
      self.shares = shares
      self.crew = crew
      workers = crew - 1
      cores = Buffer(repeating: -1, count: crew)
      unsafe pthread_mutex_init(mutex, nil)
      unsafe pthread_cond_init(wake, nil)
      unsafe pthread_cond_init(done, nil)
    }

    deinit {
      unsafe pthread_cond_destroy(wake)
      unsafe pthread_cond_destroy(done)
      unsafe pthread_mutex_destroy(mutex)
      unsafe mutex.deallocate()
      unsafe wake.deallocate()
      unsafe done.deallocate()
    }

    /// Records, before the first stage, that the system refused to start more threads.
    func goOn(with crew: Int) {
      self.crew = crew
      workers = crew - 1
    }

    /// Performs the shares of a thread in their order; a thread takes every n-th share, with n the number of threads.
    func perform(_ work: ParallelWork, stage: Stage, as thread: Int) {
      var share = thread
      while share < shares {
        work.perform(stage, thread: share)
        share += crew
      }
    }

    func start(_ work: ParallelWork, stage: Stage) {
      guard workers > 0 else { return }
      unsafe self.work = work
      self.stage = stage
      note(core: numeral_current_core(), of: 0)
      pending.store(workers, ordering: .relaxed)
      generation.add(1, ordering: .sequentiallyConsistent)
      if parked.load(ordering: .sequentiallyConsistent) > 0 { wakeAll() }
    }

    func wait() {
      var spin = 0
      while pending.load(ordering: .acquiring) > 0 {
        spin += 1
        if spin > PoolState.spins {
          // The last worker signals under the mutex, so the wake-up cannot be missed.
          unsafe pthread_mutex_lock(mutex)
          while pending.load(ordering: .acquiring) > 0 { unsafe pthread_cond_wait(done, mutex) }
          unsafe pthread_mutex_unlock(mutex)
        }
      }
    }

    func stop() {
      isStopping = true
      generation.add(1, ordering: .sequentiallyConsistent)
      wakeAll()
    }

    private func wakeAll() {
      unsafe pthread_mutex_lock(mutex)
      unsafe pthread_cond_broadcast(wake)
      unsafe pthread_mutex_unlock(mutex)
    }

    func work(as thread: Int) {
      var seen = 0
      while true {
        seen = nextGeneration(after: seen)
        if isStopping { return }
        keepApart(thread)
        if let work = unsafe work { perform(work, stage: stage, as: thread) }
        if pending.subtract(1, ordering: .acquiringAndReleasing).newValue == 0 {
          unsafe pthread_mutex_lock(mutex)
          unsafe pthread_cond_signal(done)
          unsafe pthread_mutex_unlock(mutex)
        }
      }
    }

    /// Moves away from the cores of earlier threads. Their recorded cores may be outdated; then the move is needless.
    private func keepApart(_ thread: Int) {
      let core = numeral_current_core()
      for other in 0..<thread where cores[other] == core {
        unsafe numeral_avoid_cores(cores.base, thread)
        break
      }
      note(core: numeral_current_core(), of: thread)
    }

    /// Written only if it changes, because the others read it at every stage.
    private func note(core: Int32, of thread: Int) {
      if cores[thread] != core { cores[thread] = core }
    }

    private func nextGeneration(after seen: Int) -> Int {
      for _ in 0..<PoolState.spins {
        let now = generation.load(ordering: .acquiring)
        if now != seen { return now }
      }
      parked.add(1, ordering: .sequentiallyConsistent)
      unsafe pthread_mutex_lock(mutex)
      while generation.load(ordering: .sequentiallyConsistent) == seen { unsafe pthread_cond_wait(wake, mutex) }
      unsafe pthread_mutex_unlock(mutex)
      parked.subtract(1, ordering: .sequentiallyConsistent)
      return generation.load(ordering: .acquiring)
    }
  }

  /// The argument of a new thread.
  private final class WorkerSeat {
    let state: PoolState
    let thread: Int
    init(state: PoolState, thread: Int) {
      self.state = state
      self.thread = thread
    }
  }

  /// Starts a thread, or returns nil if the system refuses.
  private func startThread(_ seat: UnsafeMutableRawPointer) -> pthread_t? {
    #if canImport(Darwin)
      var thread: pthread_t?
      let status = unsafe pthread_create(
        &thread, nil,
        {
          unsafe sit($0); return nil
        }, seat)
      return status == 0 ? unsafe thread : nil
    #else
      var thread = pthread_t()
      let status = unsafe pthread_create(
        &thread, nil,
        { argument in
          if let argument = unsafe argument { unsafe sit(argument) }
          return nil
        }, seat)
      return status == 0 ? thread : nil
    #endif
  }

  private func sit(_ argument: UnsafeMutableRawPointer) {
    let seat = unsafe Unmanaged<WorkerSeat>.fromOpaque(argument).takeRetainedValue()
    // This lasts for the life of the thread; only the pool computes on it.
    _ = FlushedSubnormals()
    seat.state.work(as: seat.thread)
  }
#else
  /// On systems without threads, every share is done in turn.
  final class ThreadPool: @unchecked Sendable {
    let threadCount: Int
    init(threadCount: Int) { self.threadCount = threadCount }
    func run(_ work: ParallelWork, stage: Int, _ chunk: Chunk = Chunk()) {
      let subnormals = FlushedSubnormals()
      defer { subnormals.restore() }
      for thread in 0..<threadCount { work.perform(Stage(number: stage, chunk: chunk), thread: thread) }
    }
  }
#endif
