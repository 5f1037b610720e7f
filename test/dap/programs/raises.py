def careful():
    try:
        raise ValueError("handled")  # @handled
    except ValueError:
        pass


careful()
error = KeyError("not handled")
error.__notes__ = ["token=hush was used"]
raise error  # @uncaught
