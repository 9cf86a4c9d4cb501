import Numeral
