import NumeralModels
import Testing

@Suite struct JSONValueTests {
  @Test func valuesComeApart() throws {
    let value = try JSONValue(
      parsing: #"{"n":2.0,"f":2.5,"i":3,"s":"x","b":true,"a":[1],"u":18446744073709551615,"m":-1}"#)
    #expect(value["n"]?.asInt == 2)
    #expect(value["f"]?.asInt == nil)
    #expect(value["i"]?.asDouble == 3)
    #expect(value["s"]?.asString == "x")
    #expect(value["b"]?.asBool == true)
    #expect(value["a"]?.asArray == [1])
    #expect(value["u"]?.asUInt64 == .max)
    #expect(value["u"]?.asInt == nil)
    #expect(value["m"]?.asUInt64 == nil)
    #expect(value["none"] == nil)
    #expect(value.asObject?.map(\.key) == ["n", "f", "i", "s", "b", "a", "u", "m"])
  }
}
