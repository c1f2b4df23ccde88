"""The public interface of the figures: what it gives, what may be asked, how it is described. Pure."""
