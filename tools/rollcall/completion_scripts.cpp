// What the shells are told. The scripts know nothing of verbs and options: they ask the program,
// so they fit whatever version of it is there.
#include "completion.hpp"

namespace rollcall::tools {
namespace {

// bash parts words at = and :, so they are put together again, and of an answer only what stands
// behind the last = is given back.
constexpr std::string_view bash =
    R"script(# bash completion of rollcall. Made by `rollcall completion bash`.
_rollcall() {
  local words=() word line typed=${COMP_WORDS[COMP_CWORD]} glued= files= i
  for ((i = 1; i <= COMP_CWORD; i++)); do
    word=${COMP_WORDS[i]}
    if [[ $word == [=:]* && ${#words[@]} -gt 0 ]]; then
      words[${#words[@]} - 1]+=$word
      glued=yes
    elif [[ $glued && ${COMP_WORDS[i - 1]} == [=:] ]]; then
      words[${#words[@]} - 1]+=$word
    else
      words+=("$word")
      glued=
    fi
  done
  local whole=${words[${#words[@]} - 1]} before=
  if [[ $glued ]]; then
    [[ $typed == [=:] ]] && typed=
    before=${whole%"$typed"}
  fi
  COMPREPLY=()
  while IFS= read -r line; do
    if [[ $line == :files ]]; then
      files=yes
    else
      word=${line%%$'\t'*}
      [[ $word == *= ]] && compopt -o nospace 2>/dev/null
      COMPREPLY+=("${word#"$before"}")
    fi
  done < <("${1/#\~/$HOME}" --complete "${words[@]}" 2>/dev/null)
  if [[ $files ]]; then
    compopt -o filenames 2>/dev/null
    while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -f -- "$typed")
  fi
}
complete -F _rollcall rollcall
)script";

constexpr std::string_view zsh = R"script(#compdef rollcall
# zsh completion of rollcall. Made by `rollcall completion zsh`.
_rollcall() {
  local -a plain shown open open_shown
  local line word files=
  for line in "${(@f)$(${(Q)words[1]} --complete "${(@Q)words[2,CURRENT]}" 2>/dev/null)}"; do
    word=${line%%$'\t'*}
    if [[ $line == :files ]]; then
      files=yes
    elif [[ $word == *= ]]; then
      open+=("$word")
      open_shown+=("${line//$'\t'/  -- }")
    elif [[ -n $word ]]; then
      plain+=("$word")
      shown+=("${line//$'\t'/  -- }")
    fi
  done
  local result=1
  (( $#plain )) && compadd -l -d shown -a plain && result=0
  (( $#open )) && compadd -l -S '' -d open_shown -a open && result=0
  if [[ -n $files ]]; then
    compset -P '--*='
    _files && result=0
  fi
  return result
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
  _rollcall "$@"
else
  compdef _rollcall rollcall
fi
)script";

constexpr std::string_view fish =
    R"script(# fish completion of rollcall. Made by `rollcall completion fish`.
function __rollcall_complete
  set -l words (commandline -opc)
  set -l typed (commandline -ct)
  for line in ($words[1] --complete $words[2..-1] "$typed" 2>/dev/null)
    if test "$line" = :files
      set -l before (string match -r -- '^--[^=]*=' "$typed")
      for path in (__fish_complete_path (string replace -r -- '^--[^=]*=' '' "$typed"))
        echo "$before$path"
      end
    else
      echo $line
    end
  end
end
complete -c rollcall -f -a '(__rollcall_complete)'
)script";

} // namespace

std::string_view completion_script(std::string_view shell) noexcept
{
  if (shell == "bash") return bash;
  if (shell == "zsh") return zsh;
  if (shell == "fish") return fish;
  return {};
}

} // namespace rollcall::tools
