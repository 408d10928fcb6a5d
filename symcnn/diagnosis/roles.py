"""What people call things: the roles that names play in formulas about CNNs, and pairs of names.

A name may play several roles (N is a size, a batch, or the filters beside M); which of them it
plays in a key shows in what a mutation of the key gives, so a guess too many does no harm.
"""

from __future__ import annotations

import re

COUNTS = frozenset(
    ("kernel", "in", "out", "channels", "size", "stride", "padding", "dilation", "groups",
     "output_padding", "batch", "layers", "growth", "expansion", "reduction", "fan_in", "fan_out")
)  # fmt: skip

_NAMES: dict[str, str] = {
    "kernel": "K k F f K_h K_w k_h k_w F_h F_w K_H K_W kh kw kernel_size kernel filter_size",
    "in": "C_in c_in C_i Cin in_channels channels_in",
    "out": "C_out c_out C_o Cout out_channels channels_out filters n_filters",
    "channels": "C c channels",
    "size": "H W N n H_in W_in N_in L_in H_out W_out N_out L_out M_in M_out h w h_in w_in h_out"
    " w_out n_in n_out H_o W_o H_i W_i T size height width",
    "stride": "S s S_h S_w s_h s_w stride",
    "padding": "P p P_h P_w p_h p_w padding",
    "dilation": "D d D_h D_w dilation",
    "groups": "G g groups",
    "output_padding": "output_padding P_out p_out op",
    "batch": "m N n B batch batch_size M_B m_B",
    "layers": "L l n_layers layers depth",
    "growth": "k g growth growth_rate",
    "expansion": "t e expansion",
    "reduction": "r reduction",
    "fan_in": "fan_in n_in n_i C_in c_in in_channels in_features",
    "fan_out": "fan_out n_out n_o C_out c_out out_channels out_features",
    "epsilon": "epsilon eps varepsilon",
    "mean": "mu mu_B mu_b mu_P mean mu_running running_mean x_bar m_B",
    "variance": "v var variance v_B v_P running_var sigma2 sigma_sq sigma2_B sigma2_P",
    "deviation": "sigma sigma_B sigma_b sigma_P std s sd sigma_running",
    "scale": "gamma",
    "shift": "beta",
}
_ROLES: dict[str, frozenset[str]] = {
    name: frozenset(role for role, names in _NAMES.items() if name in names.split())
    for name in " ".join(_NAMES.values()).split()
}
_NUMBERED = re.compile(r"([A-Za-z][A-Za-z_]*?)_?[0-9]+$")
NOTHING: frozenset[str] = frozenset()

# An input's name, and those that the output beside it has.
OUTPUTS: dict[str, tuple[str, ...]] = {
    "H_in": ("H_out",), "W_in": ("W_out",), "N_in": ("N_out",), "L_in": ("L_out",),
    "h_in": ("h_out",), "w_in": ("w_out",), "M_in": ("M_out",), "H_i": ("H_o",), "W_i": ("W_o",),
    "H": ("H_out", "H_o"), "W": ("W_out", "W_o"), "N": ("N_out", "M"), "n": ("n_out", "m"),
    "h": ("h_out",), "w": ("w_out",),
}  # fmt: skip
# A statistic of the batch, and the running one that inference takes.
RUNNING: dict[str, tuple[str, ...]] = {
    "mu_B": ("mu_P", "mu_running", "mu_R", "running_mean"),
    "mu_b": ("mu_P", "mu_p", "mu_r", "mu_running", "running_mean"),
    "mu": ("mu_P", "mu_running", "mu_R", "running_mean"),
    "mean": ("running_mean",),
    "sigma_B": ("sigma_P", "sigma_running", "sigma_R", "running_std"),
    "sigma_b": ("sigma_P", "sigma_p", "sigma_r", "sigma_running"),
    "sigma": ("sigma_P", "sigma_running", "sigma_R", "running_std"),
    "v": ("v_P", "v_running", "running_var"),
    "v_B": ("v_P", "v_running", "running_var"),
    "var": ("running_var",),
}


def usual_roles(name: str) -> frozenset[str]:
    """The roles that a name usually plays; ``k_3`` plays those of k.

    >>> sorted(usual_roles("C_in")), sorted(usual_roles("s_2")), sorted(usual_roles("alpha"))
    (['fan_in', 'in'], ['deviation', 'stride'], [])
    """
    found = _ROLES.get(name)
    if found is not None:
        return found
    numbered = _NUMBERED.match(name)
    return _ROLES.get(numbered.group(1), NOTHING) if numbered else NOTHING
