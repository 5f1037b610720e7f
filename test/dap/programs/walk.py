import sys


def double(number):
    result = number * 2  # @inside
    return result


def main():
    first = double(3)  # @first
    name = "grüße ☃ 𝄞"
    print(name, first)  # @second
    print("to the error stream", file=sys.stderr)
    sys.exit(7)


main()
