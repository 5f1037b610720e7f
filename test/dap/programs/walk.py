import sys


def double(number):
    return number * 2  # @inside


def main():
    first = double(3)  # @first
    name = "grüße ☃ 𝄞"
    print(name, first)  # @second
    print("to the error stream", file=sys.stderr)
    sys.exit(7)


main()
