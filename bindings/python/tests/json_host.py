"""A host written in Python over the objects of a directory.json, for any format."""
import json
import unicodedata

from rollcall import Answer, Op, SecretFrom


def plain_mac(text):
    digits = text.translate({ord(sign): None for sign in ":-."})
    is_mac = len(digits) == 12 and all(sign in "0123456789abcdefABCDEF" for sign in digits)
    return ":".join(digits[i:i + 2] for i in range(0, 12, 2)) if is_mac else text


def plain_phone(text):
    number, semicolon, rest = text.partition(";")
    return number.translate({ord(sign): None for sign in " .-()"}) + semicolon + rest


PLAIN = {"mac": plain_mac, "phone": plain_phone}


def folded(text, kind_of_value="text"):
    """What values are compared by."""
    text = PLAIN.get(kind_of_value, str)(text)
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())


def type_of(described):
    kind = described.get("type", "text")
    return kind if isinstance(kind, str) else next(iter(kind))


def canonical(value):
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)


class JsonHost:
    def __init__(self, schema, text):
        whole = json.loads(text)
        said = schema.to_dict()
        self.whole = whole
        self.key_names, self.types, self.objects = {}, {}, {}
        for shape, kind in zip(said["kinds"], schema.kinds):
            self.types[kind.name] = {each.name: each.type for each in kind.fields}
            self.types[kind.name][None] = type_of(shape["key"])
            self.key_names[kind.name] = shape["key"]["name"]
            self.objects[kind.name] = {}
            for each in whole.get(kind.name, []):
                fields = {name: canonical(value) for name, value in each.items()
                          if value is not None and not isinstance(value, (list, dict))}
                key = fields.pop(shape["key"]["name"])
                self.objects[kind.name][self.fold(kind.name, None, key)] = (key, fields)
        self.secrets = {kind.name: {each.name for each in kind.fields if each.is_secret}
                        for kind in schema.kinds}
        self.done = {}

    def fold(self, kind, field, text):
        return folded(text, self.types[kind].get(field, "text"))

    def lists(self, kind):
        return kind in self.whole

    def find(self, kind, field, values):
        index = {}
        for key, fields in self.objects[kind].values():
            value = key if field is None else fields.get(field)
            if value is not None:
                index.setdefault(self.fold(kind, field, value), []).append((key, fields))
        for asked, value in enumerate(values):
            for key, fields in index.get(self.fold(kind, field, value), ()):
                yield asked, key, fields

    def scan(self, kind):
        return iter(list(self.objects[kind].values()))

    def count(self, kind):
        return len(self.objects[kind])

    def next_id(self, kind):
        numbers = [int(key) for key, _ in self.objects[kind].values() if key.isdigit()]
        return max(numbers, default=0) + 1

    def setting(self, name):
        return self.look(self.whole.get("tenant", {}), name)

    def default_setting(self, name):
        return self.look(self.whole.get("defaults", {}), name)

    def look(self, settings, name):
        if name in settings or "." not in name:
            value = settings.get(name)
            return None if isinstance(value, dict) else value
        outer, _, inner = name.partition(".")
        return self.look(settings[outer], inner) if isinstance(settings.get(outer), dict) else None

    def apply(self, groups):
        for group in groups:
            if group.operation not in self.done:
                self.done[group.operation] = self.carry_out(group)
            yield self.done[group.operation]

    def probe(self, operations):
        for operation in operations:
            yield self.done.get(operation, Answer.refused("never heard of it"))

    def carry_out(self, group):
        """All of it or nothing: in `touched`, and only at the end in the objects."""
        touched, keys = {}, [""] * len(group.changes)

        def there(kind, key):
            at = kind, self.fold(kind, None, key)
            return touched[at] if at in touched else self.objects[kind].get(at[1])

        for op in (Op.DELETE, Op.CREATE, Op.UPDATE):
            for i, change in enumerate(group.changes):
                if change.op is not op:
                    continue
                key = change.key
                if change.gives_key and (key is None or there(change.kind, key)):
                    number = self.next_id(change.kind)
                    while there(change.kind, str(number)):
                        number += 1
                    key = str(number)
                known = there(change.kind, key)
                if (op is Op.CREATE) == (known is not None):
                    return Answer.refused(f"{change.kind} {key} is " +
                                          ("there already" if known else "not there"))
                keys[i] = known[0] if known else key
                after = None if op is Op.DELETE else (keys[i], dict(known[1]) if known else {})
                touched[change.kind, self.fold(change.kind, None, key)] = after
        for clears in (True, False):
            for i, change in enumerate(group.changes):
                if change.op is not Op.DELETE:
                    fields = there(change.kind, keys[i])[1]
                    self.write(change, fields, keys, group.giver_of(i) if any(
                        each.is_given_key for each in change.fields) else None, clears)
        for (kind, folded_key), after in touched.items():
            if after is None:
                del self.objects[kind][folded_key]
            else:
                self.objects[kind][folded_key] = after
        return Answer.applied(*keys)

    def write(self, change, fields, keys, giver, clears):
        for each in change.fields:
            value = keys[giver] if each.is_given_key else each.value
            if value is not None and (each.secret is not SecretFrom.NONE or
                                      each.name in self.secrets[change.kind]):
                value = "true"
            if clears and value is None:
                fields.pop(each.name, None)
            elif not clears and value is not None:
                fields[each.name] = value

    def to_dict(self):
        """As a directory.json says it."""
        def typed(kind, name, text):
            if self.types[kind].get(name) == "boolean" or name in self.secrets[kind]:
                return text == "true"
            return int(text) if self.types[kind].get(name) == "integer" else text

        out = dict(self.whole)
        for kind, objects in self.objects.items():
            if kind in self.whole or objects:
                out[kind] = [{self.key_names[kind]: typed(kind, None, key),
                              **{name: typed(kind, name, text) for name, text in fields.items()}}
                             for key, fields in objects.values()]
        return out
