class Parameter:
    def __init__(self, text):
        self.text = text


def normal(mean=0.0, std=1.0):
    return Parameter(f"normal({mean}, {std})")
