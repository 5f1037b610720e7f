def careful():
    try:
        raise ValueError("handled")  # @handled
    except ValueError:
        pass


careful()
raise KeyError("not handled")  # @uncaught
