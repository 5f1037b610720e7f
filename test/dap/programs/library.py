import json

text = json.dumps([1])  # @calls
print(text)  # @after
