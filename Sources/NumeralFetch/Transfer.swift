import CCurl

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Fetches one file from one address into a part file. Continues an earlier try if that is safe.
///
/// Continuing is safe if the server confirms that the file has not changed (`If-Range`, RFC 9110, section 13.1.5). For
/// that, a note next to the part records the address and the server's mark. Without a mark, or with another address,
/// the file is fetched from the start.
struct Transfer {
  /// The address of the file.
  let address: String
  /// The part file that receives the bytes.
  let part: PartFile
  /// The largest possible number of bytes.
  let limit: Int
  /// The first bytes of a right file.
  let magic: [UInt8]
  /// The time in seconds without a byte after which the transfer ends.
  let patience: Int
  /// The name of the program in requests.
  let userAgent: String

  /// The result of a transfer.
  enum Outcome: Equatable {
    /// The part file is complete. `isResumed` is true if an earlier try received some of it.
    case whole(isResumed: Bool)
    /// The transfer failed. The received bytes stay in the part file if they may be useful.
    case failed(TransferFailure)
  }

  /// Runs the transfer.
  ///
  /// - Parameter progress: Receives the number of bytes so far and, if known, the total. It returns false to stop.
  /// - Throws: ``FetchError`` if nothing can be written, libcurl is missing, or the caller asked to stop.
  func run(progress: @escaping (_ received: Int, _ total: Int?) -> Bool) throws(FetchError) -> Outcome {
    let functions = try CurlLibrary.functions()
    guard let curl = functions.curl_easy_init() else { throw .library(reason: "libcurl cannot start a transfer") }
    defer { functions.curl_easy_cleanup(curl) }
    let resumption = part.resumption(from: address)
    let response = TransferResponse(
      descriptor: try part.open(), part: part, address: address, resumption: resumption, limit: limit, magic: magic,
      progress: progress)
    defer { response.close() }

    var errorText = [CChar](repeating: 0, count: numeral_curl_error_size)
    var headers: UnsafeMutablePointer<numeral_curl_list>?
    defer { functions.curl_slist_free_all(headers) }
    if let resumption {
      headers = functions.curl_slist_append(nil, "If-Range: \(resumption.mark)")
    }
    let code = errorText.withUnsafeMutableBufferPointer { errors in
      withExtendedLifetime(response) {
        let closure = Unmanaged.passUnretained(response).toOpaque()
        var setup = TransferSetup(functions: functions, curl: curl)
        setup.set(numeral_curl_url, address)
        setup.set(numeral_curl_user_agent, userAgent)
        setup.set(numeral_curl_no_signal, 1)
        setup.set(numeral_curl_follow, 1)
        setup.set(numeral_curl_most_redirects, 10)
        setup.set(numeral_curl_connect_timeout, patience)
        setup.set(numeral_curl_low_speed_limit, 1)
        setup.set(numeral_curl_low_speed_time, patience)
        setup.set(numeral_curl_no_progress, 0)
        // An encrypted transfer must not be redirected to an unencrypted address.
        let both = numeral_curl_http | numeral_curl_https
        setup.set(numeral_curl_protocols, both)
        setup.set(
          numeral_curl_redirect_protocols,
          address.hasPrefix("https:") ? numeral_curl_https : both)
        setup.set(numeral_curl_error_buffer, pointer: errors.baseAddress)
        setup.set(numeral_curl_headers, pointer: headers)
        if let resumption { setup.set(numeral_curl_range, "\(resumption.length)-") }
        setup.set(numeral_curl_write_data, pointer: closure)
        setup.set(numeral_curl_header_data, pointer: closure)
        setup.set(numeral_curl_progress_data, pointer: closure)
        setup.set(numeral_curl_write_function) { bytes, size, count, closure in
          TransferResponse.at(closure)?.receive(bytes, size * count) ?? 0
        }
        setup.set(numeral_curl_header_function) { bytes, size, count, closure in
          TransferResponse.at(closure)?.receiveHeader(bytes, size * count) ?? 0
        }
        setup.set(progressFunction: numeral_curl_progress_function) { closure, _, _, _, _ in
          TransferResponse.at(closure)?.goesOn() ?? false ? 0 : 1
        }
        if setup.failure != 0 { return setup.failure }
        return functions.curl_easy_perform(curl)
      }
    }
    if let fault = response.fault { throw fault }
    if response.isStopped { throw .cancelled }
    let text = errorText.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    let reason =
      text.isEmpty ? String(cString: functions.curl_easy_strerror(code)) : String(decoding: text, as: UTF8.self)
    return outcome(of: code, reason: reason, response)
  }

  private func outcome(of code: Int32, reason: String, _ response: TransferResponse) -> Outcome {
    if let failure = response.failure { return .failed(failure) }
    if response.isRefusal { return .failed(.status(response.status)) }
    let received = response.received
    switch Int(code) {
    case numeral_curl_ok:
      if received == 0 { return .failed(.notTheFile(found: "an empty response")) }
      // If the server states the length, libcurl has checked it. Otherwise the checksum of the file will tell.
      return .whole(isResumed: response.isResumed)
    case numeral_curl_timed_out:
      return .failed(.stalled(seconds: patience, received: received))
    case numeral_curl_too_many_redirects:
      return .failed(.redirects)
    case numeral_curl_partial_file, numeral_curl_receive_error,
      numeral_curl_got_nothing, numeral_curl_http2_stream:
      return .failed(.cut(received: received))
    default:
      return .failed(.connection(reason))
    }
  }
}

/// Sets the options of a transfer and keeps the first error.
private struct TransferSetup {
  let functions: numeral_curl_functions
  let curl: OpaquePointer
  private(set) var failure: Int32 = 0

  init(functions: numeral_curl_functions, curl: OpaquePointer) {
    self.functions = functions
    self.curl = curl
  }

  mutating func set(_ option: Int, _ value: Int) {
    keep(withUnsafePointer(to: functions) { numeral_curl_set_long($0, curl, Int32(option), value) })
  }

  mutating func set(_ option: Int, _ value: String) {
    keep(withUnsafePointer(to: functions) { numeral_curl_set_text($0, curl, Int32(option), value) })
  }

  mutating func set(_ option: Int, pointer: UnsafeMutableRawPointer?) {
    keep(withUnsafePointer(to: functions) { numeral_curl_set_pointer($0, curl, Int32(option), pointer) })
  }

  mutating func set(_ option: Int, _ function: @escaping numeral_curl_write) {
    keep(withUnsafePointer(to: functions) { numeral_curl_set_write($0, curl, Int32(option), function) })
  }

  mutating func set(
    progressFunction option: Int, _ function: @escaping numeral_curl_progress
  ) {
    keep(withUnsafePointer(to: functions) { numeral_curl_set_progress($0, curl, Int32(option), function) })
  }

  private mutating func keep(_ code: Int32) {
    if failure == 0 { failure = code }
  }
}
